import "clauseworth/elements";
