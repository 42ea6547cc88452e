/* What each side could do at a moment of the past, beside each other. Pure.
   Must never leave out an action that was refused, nor why. */

function verdict({ allowed = [], refused = {} }, key) {
  if (allowed.includes(key)) return { allowed: true };
  const refusal = refused[key];
  return refusal ? { allowed: false, why: refusal.message, code: refusal.code, until: refusal.until } : null;
}

/* One row for each action that either side could ever take: {key, buyer, seller}, each a verdict or null. */
export function beside({ buyer = {}, seller = {} }) {
  const keys = [buyer, seller].flatMap(({ allowed = [], refused = {} }) => [...allowed, ...Object.keys(refused)]);
  return [...new Set(keys)].map((key) => ({ key, buyer: verdict(buyer, key), seller: verdict(seller, key) }));
}
