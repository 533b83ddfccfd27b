/** The collections of the book and the shape each entry must have; a build fails with the field's name when it does not. */

import { defineCollection } from 'astro:content';
import { docsLoader, i18nLoader } from '@astrojs/starlight/loaders';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { file, glob } from 'astro/loaders';
import { z } from 'astro/zod';

/** A permanent link into the book: `/learn/chapter/#section`. */
const sectionLink = z
  .string()
  .regex(/^\/learn\/[a-z0-9-]+\/#[a-z0-9-]+$/, 'a section is written /learn/chapter/#section');

/** Cover and chapters. `chapter` numbers a chapter; pages without it (the cover) are not listed as one. */
const docs = defineCollection({
  loader: docsLoader(),
  schema: docsSchema({
    extend: z.object({
      /** Number of the chapter, which is also its place in the book. */
      chapter: z.number().int().positive().optional(),
      /** Which page of the chapter this is, where the chapter has several. */
      part: z.number().int().positive().optional(),
      /** What the page is about in the words people search for; stands after the title in the browser's tab and in previews. */
      subject: z.string().max(60).optional(),
      /** One or two sentences for the cover, the chapter's head and feeds. */
      summary: z.string().optional(),
      /** Which concepts of docs/coverage.md the page covers, and by what; scripts/coverage.ts checks it. */
      covers: z
        .array(
          z.object({
            concept: z.number().int(),
            section: z.string(),
            snippet: z.string(),
            interview: z.string(),
          }),
        )
        .default([]),
      /** Slugs of the chapters whose ideas this one uses. */
      prerequisites: z.array(z.string().regex(/^[a-z0-9-]+$/)).default([]),
    }),
  }),
});

/** One question as interviewers ask it. The body is the 30-second answer; after `---more---` follows what comes next. */
const interview = defineCollection({
  loader: glob({ base: './src/content/interview', pattern: '**/*.md' }),
  schema: z.object({
    question: z.string(),
    topics: z.array(z.string()).min(1),
    section: sectionLink,
    level: z.enum(['common', 'occasional', 'rare']),
  }),
});

/** One term. `short` is what the popover shows, without markup; the body says more on the glossary page. */
const glossary = defineCollection({
  loader: glob({ base: './src/content/glossary', pattern: '**/*.md' }),
  schema: z.object({
    term: z.string(),
    short: z.string().max(320),
    /** Other names for the same, shown and found by the search. */
    also: z.array(z.string()).default([]),
    section: sectionLink.optional(),
    see: z.array(z.string()).default([]),
  }),
});

/** One measured or published number, with the conditions it holds under and where it comes from. */
const sources = defineCollection({
  loader: file('src/content/sources/figures.json'),
  schema: z.object({
    group: z.string(),
    quantity: z.string(),
    value: z.union([z.number(), z.string()]),
    unit: z.string(),
    conditions: z.string(),
    source: z.string(),
    /** `read`: in the source itself. `quoted`: as another text quotes it. `measured`: by the authors of this book. */
    basis: z.enum(['read', 'quoted', 'measured']),
  }),
});

/** One exercise: a folder with its text; the program and the author's solution are the snippets exercise-ID and exercise-ID-solution. */
const exercises = defineCollection({
  loader: glob({ base: './src/content/exercises', pattern: '*/index.md' }),
  schema: z.object({
    title: z.string(),
    goal: z.string(),
    order: z.number(),
    level: z.enum(['first steps', 'steady', 'hard']),
    section: sectionLink,
    hints: z.array(z.string()).default([]),
  }),
});

/** Words of the frame that differ from Starlight's own. */
const i18n = defineCollection({ loader: i18nLoader(), schema: i18nSchema() });

export const collections = { docs, i18n, interview, glossary, sources, exercises };
