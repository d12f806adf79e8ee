import { defineConfig } from "vite";

// Two pages instead of one; the package needs to be told nothing.
export default defineConfig({ build: { rolldownOptions: { input: ["index.html", "elements.html"] } } });
