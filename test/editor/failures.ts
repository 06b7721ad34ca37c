import { afterEach } from 'vitest';
import type { Workbench } from './workbench.ts';

/** After each test that fails: a screenshot, and what stands on the screen in the log, all that a CI shows. */
export function recordFailures(workbench: () => Workbench | undefined): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    const name = task.name.replaceAll(/\W+/g, '-');
    console.error(`On the screen when “${task.name}” failed:\n${await workbench()?.onScreen()}`);
    await workbench()?.screenshot(`failed-${name}`);
  });
}
