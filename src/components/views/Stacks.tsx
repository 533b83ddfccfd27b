import type { Trace } from '../../engine/events.ts';
import type { SourceMap } from '../../engine/service.ts';
import { nameOf, type Player } from './cast.ts';
import { hex } from './format.ts';
import type { ViewIntents } from './intents.ts';
import type { Moment } from './moment.ts';
import { pointAt } from './pointed.ts';

type Stack = NonNullable<Trace['stacks']>[number];

/** The registers and the frames of every thread that has not ended, innermost first, with the variables in reach. */
export function Stacks({
  stacks,
  cast,
  moment,
  source,
  onPoint,
}: {
  readonly stacks: readonly Stack[];
  readonly cast: ReadonlyMap<number, Player>;
  readonly moment: Pick<Moment, 'threads'>;
  readonly source: Pick<SourceMap, 'name'>;
  readonly onPoint: ViewIntents['onPoint'];
}) {
  return stacks.map(({ tid, frames, waitsFor, registers }) => (
    <div key={tid} className="view-stack" style={{ '--hue': cast.get(tid)?.hue } as React.CSSProperties}>
      <p className="view-title">
        Stack of {nameOf(cast, tid)}
        {waitsFor && `, waiting for ${waitsFor}`}
      </p>
      {registers && (
        <p className="view-note">
          Registers: program counter <code>{hex(registers.programCounter)}</code>, stack pointer{' '}
          <code>{hex(registers.stackPointer)}</code>
        </p>
      )}
      {frames.length === 0 && (
        <p className="view-note">
          {hasRun(moment, tid)
            ? 'No function of the program is on it: its event loop is.'
            : 'It has not begun: there is no frame yet.'}
        </p>
      )}
      {frames.length > 0 && (
        <ol>
          {frames.map(({ function: name, line, locals = [] }, depth) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a frame has no name but its depth
              key={depth}
              onPointerEnter={() => onPoint(pointAt({ line, tid }))}
              onPointerLeave={() => onPoint(null)}
            >
              <code>{name || source.name}</code> line {line}
              {locals.length > 0 && (
                <dl>
                  {locals.map((local) => (
                    <div key={`${local.segment} ${local.name} ${local.address}`}>
                      <dt>
                        <code>{local.name}</code>
                      </dt>
                      <dd>
                        <code>{local.value}</code>{' '}
                        <small>
                          {local.segment}
                          {local.address > 0 && ` ${hex(local.address)}`}
                        </small>
                      </dd>
                    </div>
                  ))}
                </dl>
              )}
            </li>
          ))}
        </ol>
      )}
    </div>
  ));
}

const hasRun = ({ threads }: Pick<Moment, 'threads'>, tid: number): boolean => {
  const { running = 0, blocked = 0 } = threads.find((thread) => thread.tid === tid)?.spent ?? {};
  return running + blocked > 0;
};
