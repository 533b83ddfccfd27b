import type { Operation } from './operation.ts';

/**
 * Threads that wait for one thing, first come, first served: a doubly linked list of their pending operations, so that a waiter in
 * the middle (a timeout, a signal, a kill) leaves in constant time. What the Linux kernel calls a wait queue and reaches by futex.
 */
export class WaitQueue {
  first: Operation | null = null;
  last: Operation | null = null;
  length = 0;

  /** Joins at the end. */
  push(operation: Operation): void {
    operation.queue = this;
    operation.previous = this.last;
    operation.next = null;
    if (this.last) this.last.next = operation;
    else this.first = operation;
    this.last = operation;
    this.length++;
  }

  /** Joins at the front: it was there before. */
  unshift(operation: Operation): void {
    operation.queue = this;
    operation.previous = null;
    operation.next = this.first;
    if (this.first) this.first.previous = operation;
    else this.last = operation;
    this.first = operation;
    this.length++;
  }

  /** Leaves from anywhere. */
  remove(operation: Operation): void {
    if (operation.queue !== this) return;
    if (operation.previous) operation.previous.next = operation.next;
    else this.first = operation.next;
    if (operation.next) operation.next.previous = operation.previous;
    else this.last = operation.previous;
    operation.queue = operation.next = operation.previous = null;
    this.length--;
  }

  /** From the longest waiting to the last come. */
  *[Symbol.iterator](): Generator<Operation> {
    for (let waiter = this.first; waiter; waiter = waiter.next) yield waiter;
  }
}
