// `npm run test:nodes`: what timelines give is the same to the byte on the Node versions that apps run. Each is taken from
// its npm package into a temporary folder; one that cannot be had is named and left out.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleDigest } from './digest-bundle.mjs';

const VERSIONS = ['22', '24'];
const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

const { folder, bundle, policies } = await bundleDigest();
try {
  const here = digestBy(process.execPath);
  console.log(`✓ Node ${process.version}: ${here}`);
  for (const version of VERSIONS) {
    const home = join(folder, version);
    const npm = spawnSync('npm', ['install', '--prefix', home, '--no-save', `node-${platform}@${version}`], {
      encoding: 'utf8',
    });
    if (npm.status !== 0) {
      console.log(`- Node ${version}: skipped, its package cannot be installed here`);
      continue;
    }
    const there = digestBy(join(home, 'node_modules', `node-${platform}`, 'bin', 'node'));
    console.log(`${there === here ? '✓' : '✗'} Node ${version}: ${there}`);
    if (there !== here) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function digestBy(node) {
  const { status, stdout, stderr } = spawnSync(node, [bundle, policies], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${node} could not run it:\n${stderr}`);
  return stdout.trim();
}
