/** A table in a frame that scrolls by itself where it is wide. */

interface Column {
  readonly label: string;
  /** Its figures stand under each other. */
  readonly isNumber?: boolean;
}

interface Props {
  readonly label: string;
  readonly columns: readonly Column[];
  /** The first cell of each names its row. */
  readonly rows: readonly (readonly string[])[];
}

export const Table = ({ label, columns, rows }: Props) => (
  <section class="table-box" tabindex="0" aria-label={label}>
    <table>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col" class={column.isNumber ? "number" : undefined} safe>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first = "", ...cells]) => (
          <tr>
            <th scope="row" safe>
              {first}
            </th>
            {cells.map((cell, index) => (
              <td class={columns[index + 1]?.isNumber ? "number" : undefined} safe>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
