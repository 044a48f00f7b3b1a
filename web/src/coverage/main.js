/** What the coverage page does besides switching and filtering. */
import { createColumns } from "./columns.js";
import { createFlows } from "./flows.js";
import { createLists } from "./lists.js";

createColumns();
createFlows();
createLists();
window.gdakg = { ...window.gdakg, coverage: true };
