/** A text as Python writes it: JSON's quotes and escapes are Python's too. */
export const text = (value: string): string => JSON.stringify(value);

/** Numbers of which Python must have every digit. */
export const numbers = (values: Iterable<number>): string => [...values].map(String).join(', ');

/** A number as the page shows it: four digits behind the point are enough to compare, and exact enough to see a fault. */
export const rounded = (value: number): string => String(Number(value.toPrecision(5)));

/** Text for a docstring or a comment, in which nothing may end it or be taken for an escape. */
export const remark = (value: string): string => value.replace(/[\\"\n\r]/g, ' ');
