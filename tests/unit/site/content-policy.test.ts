import { describe, expect, test } from 'vitest';
import { policyFor, withPolicy } from '../../../src/components/site/build/content-policy.ts';

const page = (head: string) => `<!doctype html><html><head lang="en">${head}</head><body></body></html>`;

describe('the policy of a page', () => {
  test('names each inline script by its hash, once', () => {
    const script = '<script>1</script>';
    // echo -n 1 | openssl dgst -sha256 -binary | base64
    const hash = "'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='";
    expect(policyFor(page(script + script)).split(hash)).toHaveLength(2);
  });

  test('needs no hash for scripts of the site and for data', () => {
    const html = page(
      '<script type="module" src="/a.js"></script><script type="application/ld+json">{}</script>',
    );
    expect(policyFor(html)).toContain("script-src 'self';");
  });

  test('allows no text to become code', () => {
    expect(policyFor(page(''))).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|blob:/);
  });

  test('stands first in the head, and only once', () => {
    const html = withPolicy(page('<script>1</script>'));
    expect(html).toMatch(/<head lang="en"><meta http-equiv="Content-Security-Policy" content="[^"]+">/);
    expect(withPolicy(html)).toBe(html);
  });
});
