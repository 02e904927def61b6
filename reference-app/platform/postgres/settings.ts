/**
 * PostgreSQL's settings, given on its command line so that a kept data folder follows the code.
 * `fsync` and `synchronous_commit` stay on: an acknowledged order survives any kill.
 */
export function postgresSettings(port: number): Readonly<Record<string, string>> {
  return {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // All pools at their largest are 87; the rest is for those who look in.
    max_connections: '120',
    shared_buffers: '128MB',
    huge_pages: 'off',
    max_wal_size: '512MB',
    synchronous_commit: 'on',
    shared_preload_libraries: 'pg_stat_statements',
    // Short statements only: planning for parallel workers or compiling them costs more than it gives.
    jit: 'off',
    max_parallel_workers_per_gather: '0',
    random_page_cost: '1.1',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '[%p] %a ',
    log_min_duration_statement: '1000',
    log_checkpoints: 'off',
  }
}

export function toArguments(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
