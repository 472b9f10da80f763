/**
 * The dbt release whose behaviour navo has. Artifacts carry it as `dbt_version`, projects are held
 * to it by `require-dbt-version`, and templates see it as `dbt_version`.
 */
export const dbtVersion = '1.12.6'
