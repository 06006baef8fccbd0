"""Writes a repository of many files, as front ends of Gen 1 look: `python -m benchmarks.lint_repository DIR [FILES]`.

Every twelfth file holds something that a rule is about; the rest is code that only looks like it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

_PLAIN = """\
import React, { useState } from 'react';
import { format } from '../lib/dates';

export interface Row { id: string; title: string; price: number; tags: string[] }

/** A list with a filter; Auth and Storage are named in comments only. */
export function List({ rows, onOpen }: { rows: Row[]; onOpen: (row: Row) => void }) {
  const [filter, setFilter] = useState('');
  const shown = rows.filter((row) => row.title.toLowerCase().includes(filter.toLowerCase()));
  return (
    <section>
      <input value={filter} onChange={(event) => setFilter(event.target.value)} />
      {shown.map((row) => (
        <article key={row.id} onClick={() => onOpen(row)}>
          <h2>{row.title}</h2>
          <p>{row.price.toFixed(2)} · {row.tags.join(', ')} · {format(new Date())}</p>
        </article>
      ))}
    </section>
  );
}
"""
_GEN1 = """\
import { Auth, API, graphqlOperation, Storage } from 'aws-amplify';
import awsExports from '../aws-exports';
import { listRows } from '../graphql/queries';

export async function load(name: string) {
  const user = await Auth.currentAuthenticatedUser();
  const found = (await API.graphql(graphqlOperation(listRows, { owner: user.username }))) as any;
  const photo = await Storage.get(name, { level: 'private' });
  return { rows: found.data.listRows.items, photo, bucket: awsExports.aws_user_files_s3_bucket };
}
"""
_HELPERS = """\
export const add{n} = (a: number, b: number): number => a + b;
export const twice{n} = (values: number[]): number[] => values.map((value) => add{n}(value, value));
export class Store{n}<T> {{
  private items = new Map<string, T>();
  get(key: string): T | undefined {{ return this.items.get(key); }}
  set(key: string, value: T): this {{ this.items.set(key, value); return this; }}
}}
"""
FILES = 5000


def write(folder: Path, files: int = FILES) -> None:
    """The repository: the same for the same number of files."""
    random = Random(1)
    for number in range(files):
        name = "src" if number % 3 else "packages/shop/src"
        path = folder / name / f"part{number % 50}" / f"file{number}.tsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        body = _PLAIN + "".join(_HELPERS.format(n=n) for n in range(random.randint(2, 14)))
        path.write_text((_GEN1 if number % 12 == 0 else "") + body, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else FILES)
