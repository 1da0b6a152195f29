namespace GeoAlign.Evaluate.Tests;

public class EvaluateCommandTests
{
    [Fact]
    public void The_command_is_called_evaluate() => Assert.Equal("evaluate", EvaluateCommand.Create().Name);
}
