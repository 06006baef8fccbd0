import { Tags } from 'aws-cdk-lib';
import type { Backend } from '../features';

/** What the project feature sets beyond its definitions. */
export function wireProject(backend: Backend): void {
  const tags = Tags.of(backend.stack);
  tags.add('user:Stack', process.env.AWS_BRANCH ?? 'sandbox');
  tags.add('user:Application', 'press');
}
