// Dates and the model's year scale, on which every quarter is exactly a quarter long (Model §1.2).

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * The decimal year of an ISO date, or null where there is no such day.
 * @param {string} iso for example `2025-10-28`
 */
export function decimalYear(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  const date = Date.UTC(year, month - 1, day);
  if (Number.isNaN(date) || new Date(date).toISOString().slice(0, 10) !== iso) return null;
  const quarter = Math.floor((month - 1) / 3);
  const start = Date.UTC(year, quarter * 3, 1);
  const end = Date.UTC(year, quarter * 3 + 3, 1);
  const daysIn = Math.round((date - start) / MILLISECONDS_PER_DAY);
  const daysOf = Math.round((end - start) / MILLISECONDS_PER_DAY);
  return year + quarter / 4 + daysIn / daysOf / 4;
}

/**
 * The day that contains a decimal year.
 * @param {number} year
 */
export function dayOf(year) {
  const whole = Math.floor(year);
  const quarters = (year - whole) * 4;
  const quarter = Math.floor(quarters);
  const start = Date.UTC(whole, quarter * 3, 1);
  const days = (Date.UTC(whole, quarter * 3 + 3, 1) - start) / MILLISECONDS_PER_DAY;
  // The nudge keeps a day's own decimal, which is rounded, from falling into the day before.
  return new Date(start + Math.floor((quarters - quarter) * days + 1e-6) * MILLISECONDS_PER_DAY);
}
