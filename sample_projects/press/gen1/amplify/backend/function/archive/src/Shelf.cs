using System.Collections.Generic;
using Amazon.Lambda.Core;

[assembly: LambdaSerializer(typeof(Amazon.Lambda.Serialization.SystemTextJson.DefaultLambdaJsonSerializer))]

namespace archive
{
    public class Shelf
    {
        public string LambdaHandler(Dictionary<string, string> book, ILambdaContext context)
        {
            return book["title"] + " is on the shelf";
        }
    }
}
