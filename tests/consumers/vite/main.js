import * as clauseworth from "clauseworth";
import { show } from "../show.js";

await show(clauseworth);
