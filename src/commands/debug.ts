import type { CommandFunction } from './command-function.ts'
import type { DebugCheck, Services } from './services.ts'

/**
 * Says what navo finds of project, profile and database, in dbt's lines. A failed check is exit
 * code 1.
 */
export const debug: CommandFunction = async services => {
  const { flags, emit } = services
  const out = (text: string): void =>
    emit({ kind: 'note', level: 'info', name: 'DebugCmdOut', text })
  if (flags.config_dir) {
    out(
      `To view your profiles.yml file, run:\n\n${openCommand()} ${flags.profiles_dir ?? '~/.dbt'}`,
    )
    return true
  }
  const report = await services.diagnose()
  for (const fact of report.facts) out(fact)
  if (flags.connection) out('Skipping steps before connection verification')
  else {
    out('Configuration:')
    out(`  profiles.yml file [${report.profile.status}]`)
    out(`  dbt_project.yml file [${report.project.status}]`)
  }
  const connection = await checkConnection(services, report.connect)
  const checks = [report.profile, report.project, ...(connection ? [connection] : [])]
  const failed = checks.filter(check => check.problem !== undefined)
  if (failed.length === 0) {
    out('All checks passed!')
    return true
  }
  out(`${failed.length} check${failed.length > 1 ? 's' : ''} failed:`)
  for (const check of failed) out(`${check.problem}\n`)
  return false
}

const openCommand = (): string =>
  process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'start' : 'xdg-open'

const checkConnection = async (
  { emit }: Services,
  connect: DebugConnection | undefined,
): Promise<DebugCheck | undefined> => {
  const out = (text: string): void =>
    emit({ kind: 'note', level: 'info', name: 'DebugCmdOut', text })
  if (connect === undefined) {
    out('Connection test skipped since no profile was found')
    return undefined
  }
  out('Connection:')
  for (const [name, value] of connect.shown) out(`  ${name}: ${value}`)
  out(`Registered adapter: ${connect.adapter.name}=${connect.adapter.version}`)
  const problem = await connect.test()
  const status = problem === undefined ? 'OK connection ok' : 'ERROR'
  out(`  Connection test: [${status}]\n`)
  return {
    status,
    ...(problem === undefined
      ? {}
      : {
          problem: `dbt was unable to connect to the specified database.\nThe database returned the following error:\n\n  >${problem}\n\nCheck your database credentials and try again.`,
        }),
  }
}

type DebugConnection = NonNullable<Awaited<ReturnType<Services['diagnose']>>['connect']>
