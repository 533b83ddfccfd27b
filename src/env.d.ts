declare namespace App {
  interface Locals {
    /** Glossary terms that the page has already explained. */
    termsOnPage?: Set<string>;
    /** Figures that the page has cited, in their order. */
    sourcesOnPage?: string[];
  }
}
