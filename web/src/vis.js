/** What the page uses of vis-network and vis-data; all else is shaken off the tree. */
export { DataSet } from "vis-data/esnext";
export { Network } from "vis-network/esnext";
