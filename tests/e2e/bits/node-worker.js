// A worker of Node.
import { workerData } from "node:worker_threads";
import { serve } from "./draws.js";
import { load } from "./node-module.js";

const { name, library, port } = workerData;
const { Deal } = await load(name);
serve(port, Deal, library);
