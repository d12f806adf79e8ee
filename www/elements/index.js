// Every element of the page, defined by being loaded.
import "./clauses/clauses.js";
import "./ledger/ledger.js";
import "./lever/lever.js";
import "./notice/notice.js";
import "./picker/picker.js";
import "./power/power.js";
import "./side/side.js";
import "./stack/stack.js";
import "./toolbar/toolbar.js";
