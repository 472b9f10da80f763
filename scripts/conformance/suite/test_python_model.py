"""dbt's adapter tests of the area `python_model`, on DuckDB."""

import pytest
from dbt.tests.adapter.python_model.test_python_model import (
    BasePythonIncrementalTests,
    BasePythonModelTests,
    basic_sql,
    m_1,
    schema_yml,
    second_sql,
)

MODEL = """
def model(dbt, _):
    dbt.config(materialized='table')
    df = dbt.ref("my_sql_model")
    df2 = dbt.source('test_source', 'test_table')
    return df.limit(2){suffix}
"""

INCREMENTAL = """
def model(dbt, session):
    dbt.config(materialized="incremental", unique_key='id')
    df = dbt.ref("m_1")
    if dbt.is_incremental:
        df = df.filter("id > 5")
    return df
"""


class TestPythonModelRelation(BasePythonModelTests):
    suffix = ""

    @pytest.fixture(scope="class")
    def models(self):
        return {
            "schema.yml": schema_yml,
            "my_sql_model.sql": basic_sql,
            "my_versioned_sql_model_v1.sql": basic_sql,
            "my_python_model.py": MODEL.format(suffix=self.suffix),
            "second_sql_model.sql": second_sql,
        }


class TestPythonModelFrame(TestPythonModelRelation):
    suffix = ".df()"


class TestPythonIncremental(BasePythonIncrementalTests):
    @pytest.fixture(scope="class")
    def project_config_update(self):
        return {"models": {"+incremental_strategy": "delete+insert"}}

    @pytest.fixture(scope="class")
    def models(self):
        return {"m_1.sql": m_1, "incremental.py": INCREMENTAL}
