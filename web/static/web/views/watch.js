/* Asks a moderator why, before a conversation is opened.
   Must never suggest a reason: it is theirs, and stays on record. */

import { watch as words } from "../strings.js";
import { openDialog, Stay } from "./dialog.js";
import { drawFields, readFields } from "./fields.js";

export const LEAST = 10;

export function askReason(watching, thread, gaveUp) {
  const fields = [
    { name: "reason", kind: "text", required: true, least: LEAST, max: 1000, label: words.reason, hint: words.hint },
  ];
  let begun = false;
  const { dialog, form } = openDialog({
    title: words.title,
    testid: "watch-dialog",
    body: drawFields(fields, {}),
    confirm: { label: words.confirm },
    act: async () => {
      const values = readFields(fields, form, {});
      if (!values) throw new Stay();
      await watching.begin(thread, values.reason);
      begun = true;
    },
  });
  dialog.addEventListener("close", () => begun || gaveUp());
}
