/* Words for what is found in a text before and after it is sent.
   Must never hold a rule: what is found, and what is done about it, comes from the server. */

const KINDS = {
  phone: "a phone number",
  email: "an e-mail address",
  link: "a link",
  handle: "a contact on another service",
  payment_outside: "payment outside",
  asking: "asking for a contact",
  review_blackmail: "pressure about a review",
  threat: "a threat",
  card: "a card number",
  iban: "a bank account",
};

const listed = (words) => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`);
const named = (kinds) => listed([...new Set(kinds)].map((kind) => KINDS[kind] ?? "something private"));

export const caught = {
  will: {
    flag: (kinds) => `This holds ${named(kinds)}. It will be sent; our team may look at it.`,
    mask: (kinds) => `This holds ${named(kinds)}, which will be hidden as ••••.`,
    hold: (kinds) => `This holds ${named(kinds)}. It will wait for a check by our team.`,
  },
  was: {
    mask: (kinds) => `We hid ${named(kinds)} in your message.`,
    hold: (kinds) => `Your message holds ${named(kinds)} and waits for a check by our team.`,
  },
};
