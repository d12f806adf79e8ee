// Every element of the page but those of the cards, defined by being loaded.
import "./ledger/ledger.js";
import "./lever/lever.js";
import "./notice/notice.js";
import "./picker/picker.js";
import "./scenarios/scenarios.js";
import "./place/place.js";
import "./side/side.js";
import "./stack/stack.js";
import "./toolbar/toolbar.js";
