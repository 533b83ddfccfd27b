import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../../src/styles/tokens.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split('@media screen and');

type Rgb = readonly [number, number, number];

function colour(block: string, name: string): Rgb {
  const hex = new RegExp(`${name}: #([0-9a-f]{6});`).exec(block)?.[1];
  if (!hex) throw new Error(`no ${name} in tokens.css`);
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(0), channel(2), channel(4)];
}

/** WCAG 2.2 contrast ratio of two linear colours. */
function contrast(a: Rgb, b: Rgb): number {
  const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Machado, Oliveira and Fernandes 2009, full severity: what each kind of eye sees. */
const eyes = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

function seenBy(eye: readonly number[], [r, g, b]: Rgb): Rgb {
  const row = (i: number) =>
    Math.min(
      1,
      Math.max(0, (eye[i] as number) * r + (eye[i + 1] as number) * g + (eye[i + 2] as number) * b),
    );
  return [row(0), row(3), row(6)];
}

/** Distance in OKLab; 0.02 is about what one can just tell apart. */
function distance(a: Rgb, b: Rgb): number {
  const lab = ([r, g, b]: Rgb) => {
    const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return [
      0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    ];
  };
  const [x, y] = [lab(a), lab(b)];
  return Math.hypot(...x.map((value, index) => value - (y[index] as number)));
}

describe.each([
  ['light', light],
  ['dark', dark],
])('colours of the %s theme', (_, block) => {
  const paper = colour(block, '--paper');
  const hues = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => colour(block, `--process-${number}`));

  test.each(['--ink', '--ink-soft', '--accent', '--good', '--bad', '--overhead', '--kernel'])(
    '%s can be read on paper and on the ground of code',
    (name) => {
      expect(contrast(colour(block, name), paper)).toBeGreaterThan(4.5);
      expect(contrast(colour(block, name), colour(block, '--paper-sunken'))).toBeGreaterThan(4.5);
    },
  );

  test.each(['text', 'gutter', 'comment', 'string', 'number', 'keyword', 'type', 'function', 'punctuation'])(
    'code colour %s can be read',
    (name) =>
      expect(contrast(colour(block, `--code-${name}`), colour(block, '--paper-sunken'))).toBeGreaterThan(4.5),
  );

  test('every process hue and thread shade stands out from the paper', () => {
    for (const hue of hues) expect(contrast(hue, paper)).toBeGreaterThan(3);
    for (let number = 1; number <= 8; number++) {
      for (let thread = 1; thread <= 4; thread++) {
        expect(contrast(colour(block, `--process-${number}-thread-${thread}`), paper)).toBeGreaterThan(2.9);
      }
    }
  });

  test.each(Object.entries(eyes))('hues of two processes can be told apart with %s vision', (_, eye) => {
    const seen = hues.map((hue) => seenBy(eye, hue));
    for (const [i, a] of seen.entries()) {
      for (const [j, b] of seen.entries()) {
        if (i < j) expect(distance(a, b), `${i + 1} and ${j + 1}`).toBeGreaterThan(j < 4 ? 0.08 : 0.04);
      }
    }
  });
});
