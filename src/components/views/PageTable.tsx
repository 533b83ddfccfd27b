import { TableHead } from './TableHead.tsx';

/** Most rows written out; a longer table helps nobody. */
const mostRows = 200;

/** A table of pages or frames; the first cell of a row names it. */
export function PageTable({
  caption,
  columns,
  rows,
}: {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly key: number; readonly cells: readonly string[] }[];
}) {
  return (
    <>
      <table>
        <caption>{caption}</caption>
        <TableHead columns={[...columns]} />
        <tbody>
          {rows.slice(0, mostRows).map(({ key, cells: [first, ...others] }) => (
            <tr key={key}>
              <th scope="row">
                <code>{first}</code>
              </th>
              {others.map((cell, index) => (
                <td key={columns[index + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > mostRows && (
        <p className="view-note">{(rows.length - mostRows).toLocaleString('en')} more are not listed.</p>
      )}
    </>
  );
}
