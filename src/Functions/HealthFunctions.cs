using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Functions;

public static class HealthFunctions
{
    [Function("Health")]
    public static IResult Health([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "healthz")] HttpRequest request) =>
        HttpMethods.IsGet(request.Method) ? Results.Ok() : Results.StatusCode(StatusCodes.Status405MethodNotAllowed);
}
