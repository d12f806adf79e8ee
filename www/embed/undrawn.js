// The figures that have no document of their own with a base case: a field of hundreds of cells, each colored by a script, is no
// picture of a few kilobytes.

export const UNDRAWN = ["heat"];
