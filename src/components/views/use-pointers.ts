import { type PointerEvent, useRef, type WheelEvent } from 'react';
import { sizes, stripWidth } from './paint-timeline.ts';
import { pan, type Window, zoom } from './window.ts';

/** What pointers on the picture of the timeline need to know, and what they change. */
export interface PointerRequest {
  readonly window: Window;
  readonly end: number;
  /** Width of the picture, CSS pixels. */
  readonly width: number;
  readonly measure: Window | null;
  setWindow(window: Window): void;
  setMeasure(window: Window | null): void;
  /** Say in words what is under the pointer. */
  setTold(text: string): void;
  /** A time was pressed. */
  onTime(time: number): void;
  /** The names at the edge were pressed, so many pixels down. */
  onName(y: number): void;
  /** What lies at a time and so many pixels down. */
  wordsAt(time: number, y: number): string;
}

/** Hover tells, a press goes there, a drag measures, two fingers zoom, the wheel with Ctrl zooms and with Shift moves. */
export function usePointers(request: PointerRequest) {
  const { window, end, width, measure, setWindow, setMeasure, setTold } = request;
  const held = useRef(new Map<number, number>());
  const from = useRef(0);
  const length = window.to - window.from;
  const timeAt = (x: number) => window.from + (Math.max(0, x - sizes.label) / stripWidth(width)) * length;
  const placeOf = (event: PointerEvent<HTMLElement> | WheelEvent<HTMLElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const drag = (x: number) => {
    const at = timeAt(x);
    if (Math.abs(at - from.current) < (length / width) * 4) return;
    setMeasure({ from: Math.min(at, from.current), to: Math.max(at, from.current) });
  };
  const pinch = (x: number, before: number, other: number) => {
    const [was, is] = [Math.max(10, Math.abs(before - other)), Math.max(10, Math.abs(x - other))];
    setWindow(zoom(window, was / is, timeAt((x + other) / 2), end));
  };
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      const { x } = placeOf(event);
      held.current.set(event.pointerId, x);
      from.current = timeAt(x);
      setMeasure(null);
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const { x, y } = placeOf(event);
      const before = held.current.get(event.pointerId);
      if (before === undefined) return setTold(request.wordsAt(timeAt(x), y));
      const other = [...held.current].find(([id]) => id !== event.pointerId)?.[1];
      held.current.set(event.pointerId, x);
      if (other === undefined) drag(x);
      else pinch(x, before, other);
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const lone = held.current.delete(event.pointerId) && held.current.size === 0;
      const { x, y } = placeOf(event);
      if (!lone || measure) return;
      if (x < sizes.label) request.onName(y);
      else request.onTime(timeAt(x));
    },
    onPointerCancel(event: PointerEvent<HTMLElement>) {
      held.current.delete(event.pointerId);
    },
    onPointerLeave(event: PointerEvent<HTMLElement>) {
      held.current.delete(event.pointerId);
      setTold('');
      request.wordsAt(window.from, -1e9);
    },
    onWheel(event: WheelEvent<HTMLElement>) {
      if (event.shiftKey) setWindow(pan(window, Math.sign(event.deltaY || event.deltaX) * 0.1, end));
      else if (event.ctrlKey) {
        setWindow(zoom(window, event.deltaY > 0 ? 1.2 : 1 / 1.2, timeAt(placeOf(event).x), end));
      }
    },
  };
}
