"""dbt's adapter tests of the area `functions`, on DuckDB."""

from dbt.tests.adapter.functions.test_js_udfs import (
    BasicJSAggregateUDF as BaseBasicJSAggregateUDF,
    BasicJSUDF as BaseBasicJSUDF,
    JSAggregateUDFVolatilityIgnored as BaseJSAggregateUDFVolatilityIgnored,
    JSUDFDefaultArgSupport as BaseJSUDFDefaultArgSupport,
    JSUDFDeterministicVolatility as BaseJSUDFDeterministicVolatility,
    JSUDFMultiLineBody as BaseJSUDFMultiLineBody,
    JSUDFNonDeterministicVolatility as BaseJSUDFNonDeterministicVolatility,
    JSUDFStableVolatilityWarns as BaseJSUDFStableVolatilityWarns,
)
from dbt.tests.adapter.functions.test_udafs import (
    BasicPythonUDAF as BaseBasicPythonUDAF,
    BasicSQLUDAF as BaseBasicSQLUDAF,
    PythonUDAFDefaultArgSupport as BasePythonUDAFDefaultArgSupport,
    UDAFBase as BaseUDAFBase,
)
from dbt.tests.adapter.functions.test_udfs import (
    CanFindScalarFunctionRelation as BaseCanFindScalarFunctionRelation,
    DeterministicUDF as BaseDeterministicUDF,
    ErrorForUnsupportedType as BaseErrorForUnsupportedType,
    NonDeterministicUDF as BaseNonDeterministicUDF,
    PythonUDFDefaultArgSupport as BasePythonUDFDefaultArgSupport,
    PythonUDFEntryPointRequired as BasePythonUDFEntryPointRequired,
    PythonUDFNotSupported as BasePythonUDFNotSupported,
    PythonUDFRuntimeVersionRequired as BasePythonUDFRuntimeVersionRequired,
    PythonUDFSupported as BasePythonUDFSupported,
    PythonUDFVolatilitySupport as BasePythonUDFVolatilitySupport,
    PythonUDFWithPackagesSupported as BasePythonUDFWithPackagesSupported,
    SqlUDFDefaultArgSupport as BaseSqlUDFDefaultArgSupport,
    StableUDF as BaseStableUDF,
    UDFsBasic as BaseUDFsBasic,
)

class TestBasicJSAggregateUDF(BaseBasicJSAggregateUDF):
    pass


class TestBasicJSUDF(BaseBasicJSUDF):
    pass


class TestJSAggregateUDFVolatilityIgnored(BaseJSAggregateUDFVolatilityIgnored):
    pass


class TestJSUDFDefaultArgSupport(BaseJSUDFDefaultArgSupport):
    pass


class TestJSUDFDeterministicVolatility(BaseJSUDFDeterministicVolatility):
    pass


class TestJSUDFMultiLineBody(BaseJSUDFMultiLineBody):
    pass


class TestJSUDFNonDeterministicVolatility(BaseJSUDFNonDeterministicVolatility):
    pass


class TestJSUDFStableVolatilityWarns(BaseJSUDFStableVolatilityWarns):
    pass


class TestBasicPythonUDAF(BaseBasicPythonUDAF):
    pass


class TestBasicSQLUDAF(BaseBasicSQLUDAF):
    pass


class TestPythonUDAFDefaultArgSupport(BasePythonUDAFDefaultArgSupport):
    pass


class TestUDAFBase(BaseUDAFBase):
    pass


class TestCanFindScalarFunctionRelation(BaseCanFindScalarFunctionRelation):
    pass


class TestDeterministicUDF(BaseDeterministicUDF):
    pass


class TestErrorForUnsupportedType(BaseErrorForUnsupportedType):
    pass


class TestNonDeterministicUDF(BaseNonDeterministicUDF):
    pass


class TestPythonUDFDefaultArgSupport(BasePythonUDFDefaultArgSupport):
    pass


class TestPythonUDFEntryPointRequired(BasePythonUDFEntryPointRequired):
    pass


class TestPythonUDFNotSupported(BasePythonUDFNotSupported):
    pass


class TestPythonUDFRuntimeVersionRequired(BasePythonUDFRuntimeVersionRequired):
    pass


class TestPythonUDFSupported(BasePythonUDFSupported):
    pass


class TestPythonUDFVolatilitySupport(BasePythonUDFVolatilitySupport):
    pass


class TestPythonUDFWithPackagesSupported(BasePythonUDFWithPackagesSupported):
    pass


class TestSqlUDFDefaultArgSupport(BaseSqlUDFDefaultArgSupport):
    pass


class TestStableUDF(BaseStableUDF):
    pass


class TestUDFsBasic(BaseUDFsBasic):
    pass
