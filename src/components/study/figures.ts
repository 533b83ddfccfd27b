/** How a figure of the sources is written. */

/** What the text says about how a figure is known. */
export const basisText = {
  read: 'read in the source itself',
  quoted: 'as quoted by another text',
  measured: 'measured for this book',
} as const;

/** Units whose short form differs from the one in the data. */
const units: Record<string, string> = { us: 'µs' };

/** A value with its unit: `1.2 µs`, `40 %`. */
export function figureText({ value, unit }: { value: number | string; unit: string }): string {
  const written =
    typeof value === 'number'
      ? value.toLocaleString('en-GB', { maximumFractionDigits: 6 })
      : value.replace(/(\d)-(\d)/g, '$1–$2');
  return `${written} ${units[unit] ?? unit}`.trim();
}
