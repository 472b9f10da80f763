/** The files of the project that `navo init` makes, by path. It builds and passes its tests as it is. */
export const starterProject = (name: string): Readonly<Record<string, string>> => ({
  'dbt_project.yml': `name: ${name}
version: '1.0.0'

# Without a \`profile:\` key navo builds into navo.duckdb beside this file.
# To choose the database, add \`profile: ${name}\` and describe it in profiles.yml.

models:
  ${name}:
    staging:
      +materialized: view
    marts:
      +materialized: table
`,
  '.gitignore': `target/
logs/
dbt_packages/
*.duckdb
*.duckdb.wal
`,
  'README.md': `# ${name}

- \`navo build\` loads the seeds, builds the models and runs the tests.
- \`navo show --select orders_by_customer\` prints a table.
- \`navo docs generate && navo docs serve\` shows the documentation.
`,
  'seeds/raw_customers.csv': `id,name,country
1,Ada,GB
2,Grace,US
3,Edsger,NL
`,
  'seeds/raw_orders.csv': `id,customer_id,ordered_on,amount
1,1,2024-11-01,20.00
2,2,2024-11-01,12.50
3,1,2024-11-03,7.25
4,3,2024-11-04,40.00
`,
  'models/staging/stg_customers.sql': `select
    id as customer_id,
    name as customer_name,
    country
from {{ ref('raw_customers') }}
`,
  'models/staging/stg_orders.sql': `select
    id as order_id,
    customer_id,
    cast(ordered_on as date) as ordered_on,
    cast(amount as decimal(10, 2)) as amount
from {{ ref('raw_orders') }}
`,
  'models/marts/orders_by_customer.sql': `select
    customers.customer_id,
    customers.customer_name,
    count(orders.order_id) as orders,
    coalesce(sum(orders.amount), 0) as amount
from {{ ref('stg_customers') }} as customers
left join {{ ref('stg_orders') }} as orders using (customer_id)
group by all
`,
  'models/models.yml': `models:
  - name: stg_customers
    description: One row per customer.
    columns:
      - name: customer_id
        data_tests: [unique, not_null]

  - name: stg_orders
    description: One row per order.
    columns:
      - name: order_id
        data_tests: [unique, not_null]
      - name: customer_id
        data_tests:
          - relationships:
              arguments:
                to: ref('stg_customers')
                field: customer_id

  - name: orders_by_customer
    description: What each customer ordered.
    columns:
      - name: customer_id
        description: The customer.
        data_tests: [unique, not_null]

unit_tests:
  - name: customers_without_orders_count_zero
    model: orders_by_customer
    given:
      - input: ref('stg_customers')
        rows:
          - {customer_id: 1, customer_name: Ada}
      - input: ref('stg_orders')
        rows: []
    expect:
      rows:
        - {customer_id: 1, orders: 0, amount: 0}
`,
})

/** profiles.yml with one DuckDB target, for those who choose their database file. */
export const starterProfile = (name: string, path: string): string => `${name}:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: ${JSON.stringify(path)}
      schema: main
      threads: 4
`
