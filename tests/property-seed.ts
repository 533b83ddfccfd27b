/**
 * Property tests take the same programs every time, so that a change is judged by what it did. To look further:
 * `PROPERTY_SEED=random npx vitest run …`, or a number.
 */
import fc from 'fast-check';

const wanted = process.env.PROPERTY_SEED ?? '2026';
const seed = Number(wanted);
if (wanted !== 'random' && !Number.isInteger(seed))
  throw new Error(`PROPERTY_SEED is an integer or 'random', not '${wanted}'.`);
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
