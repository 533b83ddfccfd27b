/**
 * Where the language puts things in a process's virtual address space. The kernel maps segments at these
 * bases; the heap's addresses come from `Host.allocate`.
 */

/** Text segment: function `i` of the program is at `TEXT_BASE + i * FUNCTION_BYTES`. */
export const TEXT_BASE = 0x40_0000;
export const FUNCTION_BYTES = 64;
/** Data segment: module variable `i` of the program is at `DATA_BASE + i * 8`. */
export const DATA_BASE = 0x1000_0000;
/** Bytes of simulated stack one call takes. */
export const FRAME_BYTES = 96;
/** Top of the first thread's stack; a host may say otherwise per stack (`CallOptions.stackTop`). */
export const STACK_TOP = 0x7fff_0000;
/** Default size of a thread's stack in bytes (8 MiB, as on Linux). */
export const STACK_BYTES = 8 * 1024 * 1024;
