/** Virtual nanoseconds in the unit that keeps the number short: `840 ns`, `12.4 µs`, `3.1 ms`, `2 s`. */
export function formatTime(nanoseconds: number): string {
  const [unit, size] =
    (
      [
        ['s', 1e9],
        ['ms', 1e6],
        ['µs', 1e3],
      ] as const
    ).find(([, size]) => Math.abs(nanoseconds) >= size * 0.9995) ?? (['ns', 1] as const);
  return `${short(nanoseconds / size)} ${unit}`;
}

/** At most three significant digits where there are decimals, whole numbers in full. */
export function short(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/** `1,204`: thousands apart. The language's own way takes 20 ms the first time, while somebody waits for output. */
export const grouped = (number: number): string => String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** `1 line`, `3 lines`, `1,204 lines`. */
export function count(number: number, noun: string): string {
  return `${grouped(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** A share of a whole in percent; tiny shares keep a digit. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '0 %';
  const share = (100 * part) / whole;
  return `${share > 0 && share < 1 ? share.toPrecision(1) : Math.round(share)} %`;
}

/** A process by name and number, the number once: `main 1`, `process 2`. */
export const processWords = (name: string, pid: number): string =>
  name.split(' ').at(-1) === String(pid) ? name : `${name} ${pid}`;

/** Virtual addresses as programmers write them. */
export const hex = (address: number): string => `0x${address.toString(16)}`;
