/** Sums as the person's language writes them. Telegram counts in the smallest unit of each currency. */

const STARS = "XTR";
const USUAL_DIGITS = 2;
/** Currencies whose smallest unit is the whole one, by Telegram's own list, which is not quite ISO's. */
const WHOLE = new Set([STARS, "CLP", "ISK", "JPY", "KRW", "PYG", "UGX", "VND"]);

export const digitsOf = (currency) => (WHOLE.has(currency) ? 0 : USUAL_DIGITS);

/** `120,00 PLN`, `PLN 120.00`, `⭐ 50`. */
export function sumOf(units, currency, language) {
  if (currency === STARS) return `⭐ ${units}`;
  const digits = digitsOf(currency);
  const shape = { style: "currency", currency, currencyDisplay: "code", minimumFractionDigits: digits, maximumFractionDigits: digits };
  return formatter(language, shape).format(units / 10 ** digits);
}

function formatter(language, shape) {
  try {
    return new Intl.NumberFormat(language, shape);
  } catch {
    return new Intl.NumberFormat("en", shape);
  }
}

/** What was typed in whole units, in the smallest ones; NaN where it is no sum. */
export const unitsOf = (typed, currency) => Math.round(Number(typed.trim().replace(",", ".")) * 10 ** digitsOf(currency));

export const paidWords = (times) => (times === 1 ? "Paid once already" : `Paid ${times} times already`);
