/* Every English word of the page behind one door, so that it can be translated and proofread as one text.
   Must never hold a rule or a number of the trade: those come from the server. */

export * from "./strings/page.js";
export * from "./strings/notify.js";
export * from "./strings/decisions.js";
export * from "./strings/conversation.js";
export * from "./strings/caught.js";
export * from "./strings/order.js";
export * from "./strings/marks.js";
export * from "./strings/actions.js";
