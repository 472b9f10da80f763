"""dbt's adapter tests of the area `simple_seed`, on DuckDB."""

from codecs import BOM_UTF8

import pytest
from dbt.tests.adapter.simple_seed import fixtures, seeds
from dbt.tests.util import check_relations_equal, check_table_does_exist
from dbt.tests.adapter.simple_seed.test_seed import (
    BaseBasicSeedTests,
    BaseSeedConfigFullRefreshOff,
    BaseSeedConfigFullRefreshOn,
    BaseSeedCustomSchema,
    BaseSeedParsing,
    BaseSeedSpecificFormats,
    BaseSeedWithEmptyDelimiter,
    BaseSeedWithUniqueDelimiter,
    BaseSeedWithWrongDelimiter,
    BaseSimpleSeedEnabledViaConfig,
    BaseSimpleSeedWithBOM,
    BaseTestEmptySeed,
)
from dbt.tests.adapter.simple_seed.test_seed_type_override import (
    BaseSimpleSeedColumnOverride,
)


class DependentsStay:
    """DuckDB drops a seed's table without the views that read it."""

    def _check_relation_end_state(self, run_result, project, exists):
        assert len(run_result) == 1
        check_relations_equal(project.adapter, ["seed_actual", "seed_expected"])
        check_table_does_exist(project.adapter, "models__downstream_from_seed_actual")


class TestBasicSeedTests(DependentsStay, BaseBasicSeedTests):
    pass


class TestSeedConfigFullRefreshOff(BaseSeedConfigFullRefreshOff):
    pass


class TestSeedConfigFullRefreshOn(DependentsStay, BaseSeedConfigFullRefreshOn):
    pass


class TestSeedCustomSchema(BaseSeedCustomSchema):
    pass


class TestSeedParsing(BaseSeedParsing):
    pass


class TestSeedSpecificFormats(BaseSeedSpecificFormats):
    pass


class TestSeedWithEmptyDelimiter(BaseSeedWithEmptyDelimiter):
    pass


class TestSeedWithUniqueDelimiter(BaseSeedWithUniqueDelimiter):
    pass


class TestSeedWithWrongDelimiter(BaseSeedWithWrongDelimiter):
    pass


class TestSimpleSeedEnabledViaConfig(BaseSimpleSeedEnabledViaConfig):
    pass


class TestSimpleSeedWithBOM(BaseSimpleSeedWithBOM):
    @pytest.fixture(scope="class", autouse=True)
    def setUp(self, project):
        project.run_sql(seeds.seeds__expected_sql)
        text = BOM_UTF8 + seeds.seed__actual_csv.encode()
        (project.project_root / "seeds").ensure(dir=True)
        with open(project.project_root / "seeds" / "seed_bom.csv", "wb") as file:
            file.write(text)


class TestTestEmptySeed(BaseTestEmptySeed):
    pass


class TestSimpleSeedColumnOverride(BaseSimpleSeedColumnOverride):
    @pytest.fixture(scope="class")
    def models(self):
        text = fixtures.properties__schema_yml.replace("type: text", "type: character varying(256)")
        for theirs, ours in (("date", "DATE"), ("integer", "INTEGER"), ("boolean", "BOOLEAN")):
            text = text.replace(f"type: {theirs}\n", f"type: {ours}\n")
        return {"schema.yml": text.replace("type: timestamp without time zone", "type: TIMESTAMP")}
