/* Money between the wire (integer minor units) and people (their locale's notation).
   Must never go through a float: amounts are cut and joined as digits. */

function format(currency, locale) {
  return new Intl.NumberFormat(locale, { style: "currency", currency });
}

export function digitsOf(currency) {
  return format(currency, "en").resolvedOptions().maximumFractionDigits;
}

/* minor units → "12.34", the exact decimal string that Intl and number inputs both take. */
export function decimal({ amount, currency }) {
  const places = digitsOf(currency);
  const digits = String(Math.abs(amount)).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const sign = amount < 0 ? "-" : "";
  return places ? `${sign}${whole}.${digits.slice(-places)}` : sign + whole;
}

export function money(value, locale) {
  if (!value) return "";
  return format(value.currency, locale).format(decimal(value));
}

/* "12,5" or "1 200.00" as typed → {amount, currency}, or null where it cannot be meant. */
export function parseMoney(typed, currency) {
  const places = digitsOf(currency);
  const plain = typed
    .trim()
    .replace(/[\s\u00a0\u202f']/g, "")
    .replace(",", ".");
  const parts = /^(\d{1,12})(?:\.(\d*))?$/.exec(plain);
  if (!parts || (parts[2]?.length ?? 0) > places) return null;
  const amount = Number(parts[1] + (parts[2] ?? "").padEnd(places, "0"));
  return Number.isSafeInteger(amount) ? { amount, currency } : null;
}
