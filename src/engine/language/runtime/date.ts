/** `Date` on the machine's clock, in UTC everywhere, so that a run is the same on every computer. */
import { hide, plainMethod } from './builtin.ts';

/** What the calendar shows when the machine is switched on. */
const POWER_ON = Date.UTC(2026, 0, 1);

const NativeDate = Date;
type Part = 'Date' | 'Day' | 'FullYear' | 'Hours' | 'Milliseconds' | 'Minutes' | 'Month' | 'Seconds';
const PARTS: readonly Part[] = [
  'Date',
  'Day',
  'FullYear',
  'Hours',
  'Milliseconds',
  'Minutes',
  'Month',
  'Seconds',
];

/** Make a `Date` that asks `now` for virtual nanoseconds. */
export function makeDate(now: () => number): Function {
  const currentTime = () => POWER_ON + Math.floor(now() / 1e6);
  const SnippetDate = {
    Date: function (this: unknown, ...args: unknown[]): unknown {
      if (!new.target) return text(new NativeDate(currentTime()));
      return Reflect.construct(NativeDate, [timeValue(args, currentTime)], new.target);
    },
  }.Date;
  const { prototype, ...statics } = Object.getOwnPropertyDescriptors(NativeDate) as PropertyDescriptorMap;
  Object.defineProperties(SnippetDate, statics);
  hide(SnippetDate, 'now', { now: currentTime }.now);
  hide(SnippetDate, 'parse', { parse: (value: unknown) => parse(String(value)) }.parse);
  Object.defineProperty(SnippetDate, 'prototype', { value: makePrototype(SnippetDate), writable: false });
  return SnippetDate;
}

/** What `new Date(...args)` stands for, in milliseconds. */
function timeValue(args: unknown[], currentTime: () => number): number {
  if (args.length === 0) return currentTime();
  if (args.length > 1) return NativeDate.UTC(...(args as [number, number]));
  let [value] = args;
  if (value instanceof NativeDate) return NativeDate.prototype.getTime.call(value);
  if (typeof value === 'object' && value !== null) value = toPrimitive(value);
  return typeof value === 'string' ? parse(value) : Number(value);
}

/** Native conversion with the hint a Date constructor uses. */
function toPrimitive(value: object): unknown {
  const hook = (value as { [Symbol.toPrimitive]?: unknown })[Symbol.toPrimitive];
  if (typeof hook === 'function') return Reflect.apply(hook, value, ['default']);
  const plain: unknown = value.valueOf();
  return typeof plain === 'object' || typeof plain === 'function' ? String(value) : plain;
}

/** `Date.parse`, where a text that names no zone means UTC. */
function parse(value: string): number {
  const named =
    /(?:z|gmt|utc|[+-]\d\d:?\d\d)\s*(?:\(.*\))?$/i.test(value) || /^\s*[+-]?\d+(?:-\d+){0,2}\s*$/.test(value);
  if (named) return NativeDate.parse(value);
  return NativeDate.parse(/^\s*[+-]?\d+-\d+-\d+T/.test(value) ? `${value.trim()}Z` : `${value} UTC`);
}

function makePrototype(owner: Function): object {
  const descriptors = Object.getOwnPropertyDescriptors(NativeDate.prototype) as PropertyDescriptorMap;
  const prototype = Object.create(Object.prototype, descriptors) as object;
  const native = NativeDate.prototype as unknown as Record<string, Function>;
  const define = (name: string, length: number, body: (date: Date, args: readonly unknown[]) => unknown) =>
    hide(
      prototype,
      name,
      plainMethod(name, length, (self, args) => body(self as Date, args)),
    );
  for (const part of PARTS)
    for (const verb of ['get', 'set']) {
      const utc = native[`${verb}UTC${part}`];
      if (utc) define(`${verb}${part}`, utc.length, (date, args) => Reflect.apply(utc, date, args));
    }
  define('getTimezoneOffset', 0, (date) => date.getTime() * 0);
  define('toString', 0, text);
  define('toDateString', 0, (date) => (valid(date) ? dateText(date) : 'Invalid Date'));
  define('toTimeString', 0, (date) => (valid(date) ? timeText(date) : 'Invalid Date'));
  for (const name of ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'])
    define(name, 0, (date) => Reflect.apply(native[name] as Function, date, ['en-GB', { timeZone: 'UTC' }]));
  hide(prototype, 'constructor', owner);
  return prototype;
}

const valid = (date: Date): boolean => !Number.isNaN(NativeDate.prototype.getTime.call(date));

const text = (date: Date): string => (valid(date) ? `${dateText(date)} ${timeText(date)}` : 'Invalid Date');

/** `Thu Jan 01 2026`. */
function dateText(date: Date): string {
  const [day, number, month, year] = NativeDate.prototype.toUTCString.call(date).replace(',', '').split(' ');
  return `${day} ${month} ${number} ${year}`;
}

/** `00:00:00 GMT+0000 (Coordinated Universal Time)`. */
function timeText(date: Date): string {
  return `${NativeDate.prototype.toUTCString.call(date).split(' ')[4]} GMT+0000 (Coordinated Universal Time)`;
}
