/** What only befalls threads that share memory: one has stopped, or the memory may not grow so far. One thread can go on. */
export class ThreadsFailed extends Error {}
