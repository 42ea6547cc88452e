/* Moments and spans of time in words. Pure: the present is always handed in.
   Must never show a countdown below zero; what is over is said to be over. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/* Two units at most: nobody plans by the seconds of a deadline that is days away. */
export function span(ms) {
  const left = Math.max(0, Math.floor(ms / 1000) * 1000);
  const days = Math.floor(left / DAY);
  const hours = Math.floor((left % DAY) / HOUR);
  const minutes = Math.floor((left % HOUR) / MINUTE);
  const seconds = Math.floor((left % MINUTE) / 1000);
  if (days > 60) return `${Math.floor(days / 30)} months`;
  if (days) return hours && days < 14 ? `${days} d ${hours} h` : `${days} d`;
  if (hours) return `${hours} h ${String(minutes).padStart(2, "0")} min`;
  if (minutes) return `${minutes} min ${String(seconds).padStart(2, "0")} s`;
  return `${seconds} s`;
}

export function urgency(ms) {
  if (ms <= 0) return "over";
  if (ms < HOUR) return "urgent";
  return ms < DAY ? "soon" : "calm";
}

export function sameDay(a, b) {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

export function clock(at, locale) {
  return new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(new Date(at));
}

export function dayLabel(at, now, words, locale) {
  if (sameDay(at, now)) return words.today;
  if (sameDay(at, now - DAY)) return words.yesterday;
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? {} : { year: "numeric" };
  return new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", ...year }).format(
    new Date(at),
  );
}

/* For the list: the shortest thing that is not ambiguous. */
export function shortWhen(at, now, words, locale) {
  if (sameDay(at, now)) return clock(at, locale);
  if (sameDay(at, now - DAY)) return words.yesterday;
  if (now - Date.parse(at) < 6 * DAY) return new Intl.DateTimeFormat(locale, { weekday: "short" }).format(new Date(at));
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? {} : { year: "2-digit" };
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", ...year }).format(new Date(at));
}

export function fullWhen(at, locale) {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
}

/* As an <input type="datetime-local"> takes it: the device's own time, without a zone. */
export function localMinute(at) {
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * MINUTE).toISOString().slice(0, 16);
}
