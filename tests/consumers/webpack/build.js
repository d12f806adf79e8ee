// As little as webpack can be told, without its command line, which would bring as many packages again.
import { fileURLToPath } from "node:url";
import webpack from "webpack";

const context = fileURLToPath(new URL(".", import.meta.url));

webpack({ context, mode: "production", entry: "./main.js", performance: { hints: false } }, (error, stats) => {
  if (error) throw error;
  console.log(stats?.toString("minimal"));
  if (stats?.hasErrors() || stats?.hasWarnings()) process.exitCode = 1;
});
