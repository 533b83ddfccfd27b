/** A deck of flashcards in the text format that Anki and others import. */

/** One card. `answer` is HTML, `link` an absolute address. */
export interface Card {
  readonly question: string;
  readonly answer: string;
  readonly link: string;
  readonly tags: readonly string[];
}

/** Fields are separated by tabs and cards by line ends, so neither may stand inside a field. */
const field = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The deck, with the header lines that tell an importer how to read it. */
export function deck(cards: readonly Card[]): string {
  const header = ['#separator:tab', '#html:true', '#tags column:3'];
  const rows = cards.map(({ question, answer, link, tags }) =>
    [
      field(question),
      `${field(answer)} <a href="${link}">In the book</a>`,
      tags.map((tag) => field(tag).replaceAll(' ', '-')).join(' '),
    ].join('\t'),
  );
  return `${[...header, ...rows].join('\n')}\n`;
}
