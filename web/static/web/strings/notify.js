/* Words of the switch for notifications on this device.
   Must never hold a rule or a number of the trade: those come from the server. */

export const notify = {
  label: {
    on: "Notifications on this device: on",
    off: "Notifications on this device: off",
    blocked: "Notifications on this device: blocked",
  },
  turnOn: "Notify me on this device",
  turnOnHint: "Also while this page is closed. It says what happened, never what somebody wrote.",
  turnOff: "Stop notifying me on this device",
  blocked: "Your browser blocks notifications from this page. Allow them in its settings for this site.",
  nowOn: "This device tells you what happens.",
  nowOff: "This device no longer tells you what happens.",
  failed: "Your browser could not switch notifications on. Please try again later.",
};
