// The article: a page of text that uses the elements as any author's page would. All that it adds is the reader's choice of colours,
// which the calculator keeps.
import { readTheme, showTheme } from "./theme.js";

showTheme(readTheme());
